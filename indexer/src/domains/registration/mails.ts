import { mailTemplate } from "../../platform/mail/templates.ts";

/** Brings a code to the address that somebody gave. */
export const codeMail = mailTemplate(["code", "minutes", "site"], {
  ko: {
    subject: "TBURN Members 이메일 인증 코드",
    body: [
      "TBURN Members 가입을 계속하려면 다음 코드를 입력하세요.",
      "{{ code }}",
      "이 코드는 {{ minutes }}분 동안 쓸 수 있습니다. 코드를 묻는 사람에게 알려 주지 마세요.",
      "가입을 신청하지 않았다면 이 메일을 무시하세요. 아무 일도 일어나지 않습니다. {{ site }}",
    ],
  },
  en: {
    subject: "Your TBURN Members e-mail code",
    body: [
      "Enter this code to go on with your registration at TBURN Members:",
      "{{ code }}",
      "It is good for {{ minutes }} minutes. Give it to nobody who asks for it.",
      "If you did not register, do nothing: nothing will happen. {{ site }}",
    ],
  },
});

/** Tells the owner of an address that somebody gave it who is not the member that has it. */
export const takenMail = mailTemplate(["site"], {
  ko: {
    subject: "이 이메일로 가입을 시도했습니다",
    body: [
      "누군가 이 이메일 주소로 TBURN Members에 가입하려고 했습니다. 이 주소는 이미 다른 계정에 등록되어 있어 새로 등록되지 않았습니다.",
      "본인이라면 처음 가입한 지갑으로 로그인하세요. {{ site }}",
      "본인이 아니라면 아무것도 하지 않아도 됩니다. 계정에는 변화가 없습니다.",
    ],
  },
  en: {
    subject: "Somebody tried to register with your address",
    body: [
      "Somebody tried to register at TBURN Members with this e-mail address. It belongs to an account already, so it was not registered again.",
      "If that was you, sign in with the wallet you registered with: {{ site }}",
      "If it was not, you need do nothing: your account is as it was.",
    ],
  },
});
