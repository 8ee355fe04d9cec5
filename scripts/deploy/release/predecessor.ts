import { ethers } from "ethers";
import { type Artifact, Deployer } from "../deployer.ts";
import { contractOf, released } from "./release.ts";

/**
 * Deploys a release by today's steps. What today's steps know and the release does not is left out: arguments appended to
 * a constructor or an initializer, and functions; a contract that is new comes as it is compiled now.
 */
export class Predecessor extends Deployer {
  readonly #version: string;
  readonly #names: Set<string>;

  constructor(options: ConstructorParameters<typeof Deployer>[0], version: string) {
    super(options);
    this.#version = version;
    this.#names = new Set(released(version));
  }

  override artifact(name: string): Artifact {
    return this.#names.has(name) ? contractOf(this.#version, name) : super.artifact(name);
  }

  override selectors(name: string, methods: string[]): string[] {
    const face = this.#face(name);
    return super.selectors(
      name,
      methods.filter((method) => face.hasFunction(method)),
    );
  }

  override async call(...act: Parameters<Deployer["call"]>): Promise<void> {
    const [name, method] = act;
    if (this.#face(name).hasFunction(method)) await super.call(...act);
  }

  override proxy(name: string, constructorArgs: unknown[], initArgs: unknown[]): Promise<string> {
    const known = this.#face(name).getFunction("initialize")?.inputs.length;
    return super.proxy(name, constructorArgs, initArgs.slice(0, known));
  }

  protected override create(name: string, args: unknown[]) {
    // Without the functions: a library's may have types that ethers does not read.
    const abi = (this.artifact(name).abi as ethers.JsonFragment[]).filter(({ type }) => type === "constructor");
    return super.create(name, args.slice(0, new ethers.Interface(abi).deploy.inputs.length));
  }

  #face(name: string): ethers.Interface {
    return new ethers.Interface(this.artifact(name).abi);
  }
}
