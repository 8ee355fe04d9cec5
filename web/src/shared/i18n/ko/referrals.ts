/** Members who bring members. */
export const referrals = {
  "referrals.title": "추천",
  "referrals.here": "다른 사람 추천하기",
  "referrals.lead": "내 링크로 등록한 사람의 수만 세고 이름은 보여 주지 않습니다.",
  "referrals.link": "내 링크",
  "referrals.link.hint": "회원인 동안 계속 쓸 수 있고 아무도 추측할 수 없습니다.",
  "referrals.copy": "링크 복사",
  "referrals.copied": "복사했습니다.",
  "referrals.copyFailed": "복사하지 못했습니다. 링크를 선택해 직접 복사하세요.",
  "referrals.counts": "링크로 온 사람",
  "referrals.letIn": "등록 완료",
  "referrals.waiting": "등록 중",
  "referrals.earned": "보상",
  "referrals.noRewards": "프로토콜은 추천에 보상을 주지 않습니다. 준다고 하는 말은 믿지 마세요.",
  "referrals.ineligible": "아직 추천 코드가 없습니다",
  "referrals.ineligibleReason": "내 등록이 끝나면 코드가 생깁니다.",
  "referrals.toOnboarding": "회원 등록으로 가기",
} as const;
