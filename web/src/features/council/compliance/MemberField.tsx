import { useChainRead } from "../../../shared/chain/read.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";

const statuses = ["none", "pending", "active", "inactive", "suspended", "terminated", "blacklisted"] as const;

export interface FoundMember {
  memberNo: bigint;
  status: (typeof statuses)[number];
  owner: `0x${string}`;
  frozenUntil: number;
}

/** The member behind a number or a wallet, as the chain knows it; null if there is none. */
export function useMember(written: string) {
  const text = written.trim();
  const isAddress = /^0x[0-9a-fA-F]{40}$/.test(text);
  const isNumber = /^#?\d{1,18}$/.test(text);
  return useChainRead(
    ["member-lookup", text],
    async ({ client, at }): Promise<FoundMember | null> => {
      const memberNo = isAddress
        ? await client.readContract({ ...at.members, functionName: "memberNoOf", args: [text as `0x${string}`] })
        : BigInt(text.replace("#", ""));
      const status = await client.readContract({ ...at.members, functionName: "statusOf", args: [memberNo] });
      if (status === 0) return null;
      const [owner, frozenUntil] = await Promise.all([
        client.readContract({ ...at.members, functionName: "ownerOf", args: [memberNo] }),
        client.readContract({ ...at.members, functionName: "frozenUntil", args: [memberNo] }),
      ]);
      return { memberNo, status: statuses[status] ?? "none", owner, frozenUntil };
    },
    { enabled: isAddress || isNumber },
  );
}

interface Props {
  written: string;
  onChange: (written: string) => void;
  /** Undefined while it is read, null if there is none. */
  member: FoundMember | null | undefined;
  block: bigint | undefined;
}

/** Asks for a member and shows whom the chain knows by it. */
export function MemberField({ written, onChange, member, block }: Props) {
  const t = useT();
  const source = useSources();
  return (
    <div>
      <Field
        label={t("memberField.label")}
        hint={t("memberField.hint")}
        error={written !== "" && member === null ? t("memberField.none") : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            data-testid="member-input"
            autoComplete="off"
            spellCheck={false}
            value={written}
            onChange={(event) => onChange(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      {written !== "" && member && (
        <p
          className="-mt-2 mb-4 flex flex-wrap items-center gap-x-3 text-sm"
          title={source.chain(block)}
          data-testid="member-found"
        >
          <span>#{String(member.memberNo)}</span>
          <span>{t(`member.${member.status}`)}</span>
          <HexText value={member.owner} />
        </p>
      )}
    </div>
  );
}
