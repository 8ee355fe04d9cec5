import { describe, expect, it } from "vitest";
import { mailTemplate } from "./templates.ts";

const words = (text: string) => ({
  ko: { subject: "제목", body: [text] },
  en: { subject: "Subject", body: [text] },
});

describe("a mail's template", () => {
  it("that names a variable nobody gives is refused when it is made, not when it is sent", () => {
    expect(() => mailTemplate(["code"], words("{{ cod }}"))).toThrow(/undefined variable: cod/);
  });

  it("that names a filter nobody knows is refused, too", () => {
    expect(() => mailTemplate(["code"], words("{{ code | shout }}"))).toThrow(/undefined filter: shout/);
  });

  it("reads no file", () => {
    expect(() => mailTemplate([], words("{% render '/etc/hostname' %}"))).toThrow();
  });

  it("escapes what it is given in HTML, leaves it as it is in text, and runs nothing that is in it", () => {
    const mail = mailTemplate(["name"], words("Dear {{ name }}"))("en", { name: "<b>{{ 7 | times: 7 }}</b>" });
    expect(mail.html).toContain("Dear &lt;b&gt;{{ 7 | times: 7 }}&lt;/b&gt;");
    expect(mail.text).toBe("Dear <b>{{ 7 | times: 7 }}</b>");
  });
});
