import type { z } from "zod";

type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH";

/** What a route takes and gives, for the document that the API serves of itself. */
export interface Operation {
  summary: string;
  /** Who may, in words; whoever is not named may not. */
  who: string;
  /** Whether a token may be left out, or is not looked at. */
  token?: "optional" | "none";
  query?: z.ZodObject;
  body?: z.ZodType;
  /** A body that is no JSON, by its media type. */
  file?: string;
  /** Headers that the route asks for, each with what it is. */
  headers?: Record<string, string>;
  /** Body by status; null where there is none, a media type, or several, where it is no JSON. */
  answers: Record<number, z.ZodType | string | readonly string[] | null>;
  /** Headers of a good answer, each with what it is. */
  tells?: Record<string, string>;
}

/** Routes of a domain by method and path, as Fastify writes them. */
export type Operations = Partial<Record<`${Method} ${string}`, Operation>>;
