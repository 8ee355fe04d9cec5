/** What is written to members today. */
export const notifications = {
  "notifications.title": "알림",
  "notifications.here": "알림",
  "notifications.lead": "무엇을 왜 보내는지 알려 드립니다.",
  "notifications.today": "지금 보내는 메일",
  "notifications.mail": "메일",
  "notifications.when": "보내는 때",
  "notifications.code": "이메일 인증 코드",
  "notifications.code.when": "등록할 때 이메일 주소를 넣거나 코드를 다시 요청할 때",
  "notifications.taken": "내 주소를 누가 썼다는 알림",
  "notifications.taken.when": "다른 사람이 내 이메일 주소로 등록하려고 할 때",
  "notifications.always": "끌 수 없는 메일입니다",
  "notifications.alwaysReason":
    "주소가 내 것임을 확인하고, 다른 사람이 내 주소를 쓰면 알려 줍니다. 이 메일이 없으면 계정이 덜 안전해집니다.",
  "notifications.later": "아직 없는 알림",
  "notifications.laterReason":
    "지분, 투표, 사건, 로그인 소식과 채널, 방해 금지 시간, 항목별 선택은 아직 만들지 않았습니다. 그때까지는 보내는 것도, 여기서 고를 것도 없습니다.",
} as const;
