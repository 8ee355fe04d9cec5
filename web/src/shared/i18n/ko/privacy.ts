/** 회원에 관해 보관하는 정보와 지우는 방법. */
export const privacy = {
  "privacy.title": "개인정보",
  "privacy.lead": "보관하는 정보와 지우는 방법입니다.",
  "privacy.erasure": "내 정보 지우기",
  "privacy.goes":
    "이름, 연락처, 서류, 세션, 2차 인증 수단을 지웁니다. 이를 잠근 열쇠도 파기하므로 백업으로도 읽을 수 없습니다.",
  "privacy.stays": "자금세탁방지 법령에 따라 보관할 기록은 정해진 날까지 봉인되어, 감사인만 볼 수 있습니다.",
  "privacy.chain":
    "스테이킹, 보상, 투표는 지갑 주소로 체인에 기록됩니다. 아무도 지울 수 없으며, 출금은 언제나 할 수 있습니다.",
  "privacy.ask": "7일 뒤 내 정보 지우기",
  "privacy.dueAt": "정보를 지우는 때: {time}. 그때까지 취소할 수 있습니다.",
  "privacy.cancel": "지우지 않기",
  "privacy.held": "법적 보존 조치로 지금은 정보를 지울 수 없습니다. 조치가 끝나면 지웁니다.",
  "privacy.here": "개인정보와 정보 지우기",
} as const;
