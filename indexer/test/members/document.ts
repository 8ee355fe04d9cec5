import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Response {
  content?: Record<string, { schema?: object }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  components: object;
}

interface Route {
  pattern: RegExp;
  responses: Record<string, Response>;
}

/** What the API says of itself, held against what it does: each answer to a test is compared with its document. */
export class ServedDocument {
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #known = new Map<object, ValidateFunction>();

  constructor(document: Document) {
    this.#document = document;
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: "api", components: document.components });
  }

  static async of(url: string): Promise<ServedDocument> {
    return new ServedDocument((await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Document);
  }

  /** @throws if the answer is none that the document tells of this route; a path that is no route may answer as it likes */
  compare(method: string, path: string, status: number, type: string, body: string): void {
    const responses = this.#routeOf(method, path);
    const response = responses?.[status] ?? responses?.default;
    if (!response || (status === 404 && !responses)) return;
    const [wanted] = Object.keys(response.content ?? {});
    if (wanted === undefined || status === 304) {
      if (body !== "") throw new Error(`${method} ${path}: ${status} has a body that the document does not tell`);
      return;
    }
    if (wanted !== "*/*" && !type.startsWith(wanted))
      throw new Error(`${method} ${path}: ${status} is ${type}, the document says ${wanted}`);
    const schema = response.content?.[wanted]?.schema;
    if (!schema) return;
    const validate = this.#validatorOf(schema);
    if (validate(JSON.parse(body))) return;
    const words = this.#ajv.errorsText(validate.errors);
    throw new Error(
      `${method} ${path}: the document does not tell this answer ${status}: ${words}\n${body.slice(0, 600)}`,
    );
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#known.get(schema);
    if (known) return known;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
    const made = this.#ajv.compile("$ref" in schema ? absolute : schema);
    this.#known.set(schema, made);
    return made;
  }

  #routeOf(method: string, path: string): Record<string, Response> | undefined {
    const plain = path.replace(/[?#].*$/, "");
    const routes: Route[] = Object.entries(this.#document.paths).flatMap(([pattern, methods]) => {
      const operation = methods[method.toLowerCase()];
      const expression = new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/]+")}$`);
      return operation ? [{ pattern: expression, responses: operation.responses }] : [];
    });
    // A word in a path stands before an id.
    const found = routes.filter(({ pattern }) => pattern.test(plain));
    return found.sort((a, b) => a.pattern.source.split("[^/]+").length - b.pattern.source.split("[^/]+").length)[0]
      ?.responses;
  }
}
