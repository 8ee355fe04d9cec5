/** Something that breaks a rule. `file` is relative to the project's root, `line` starts at 1. */
export interface Breach {
  file: string;
  line?: number;
  message: string;
}

/** One house rule as code. */
export interface Rule {
  name: string;
  /** Reports what breaks the rule below `root`; nothing if all is well. */
  run: (root: string) => Breach[] | Promise<Breach[]>;
}

export const place = ({ file, line }: Breach) => (line === undefined ? file : `${file}:${line}`);
