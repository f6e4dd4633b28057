/**
 * How a route of the contract is declared: once, here; the service binds a handler to it, the pane calls it, and the
 * OpenAPI document is written from it.
 */
import type * as z from 'zod/mini';
import type { ErrorCode } from '../errors';

/** Any schema; the object is what parsing yields. */
export type Schema = z.ZodMiniType;

/** `public`: anybody. `user`: whoever is signed in, for what is his. `admin`: administrators. */
export type Access = 'public' | 'user' | 'admin';

export interface RouteDefinition {
  /** Name of the operation in the OpenAPI document. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters in braces: `/contacts/{id}`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: Schema;
  /** Schema over strings; coerce inside. */
  readonly query?: Schema;
  /** JSON body. */
  readonly body?: Schema;
  /** The body is a file: taken as bytes, any of these content types. */
  readonly file?: { readonly maxBytes: number; readonly contentTypes: readonly string[] };
  /** Limit of the JSON body in bytes; 64 KiB where absent. */
  readonly maxBodyBytes?: number;
  readonly status: 200 | 201 | 202 | 204;
  /** JSON answer; absent with 204 or a stream. */
  readonly response?: Schema;
  /** The answer is a file of this content type. It is named by its content and never changes, so it may be kept. */
  readonly answersFile?: string;
  /** The answer is a file of one of these content types, made for this request and sent while it is made. */
  readonly downloads?: readonly string[];
  /** The answer may be large: gzipped for whoever takes it. Where the handler sets an ETag, If-None-Match is honoured. */
  readonly compressed?: boolean;
  /** The answer is a stream of server-sent events. */
  readonly stream?: boolean;
  /** The edit wants `If-Match` with the version (RFC 9110 §13.1.1). */
  readonly ifMatch?: boolean;
  /** May be called while the initial password waits to be changed (SET-3). */
  readonly beforePasswordChange?: boolean;
  /** Errors besides those that every route may give. */
  readonly errors: readonly ErrorCode[];
}

/** Declares a route; keeps the literal types. */
export function route<const R extends RouteDefinition>(definition: R): R {
  return definition;
}

type Output<S> = S extends Schema ? z.output<S> : undefined;
type Input<S> = S extends Schema ? z.input<S> : undefined;
type Field<R extends RouteDefinition, K extends keyof RouteDefinition> = R extends { readonly [P in K]: infer S }
  ? S
  : undefined;

/** What a handler gets: everything parsed. */
export interface RouteInput<R extends RouteDefinition> {
  readonly params: Output<Field<R, 'params'>>;
  readonly query: Output<Field<R, 'query'>>;
  readonly body: Field<R, 'file'> extends undefined ? Output<Field<R, 'body'>> : Uint8Array;
  /** Version of If-Match where the route wants it. */
  readonly ifMatch: Field<R, 'ifMatch'> extends true ? number : undefined;
}

/** What a caller gives. */
export type RouteCall<R extends RouteDefinition> = (Field<R, 'params'> extends undefined
  ? object
  : { readonly params: Input<Field<R, 'params'>> }) &
  (Field<R, 'query'> extends undefined ? object : { readonly query: Input<Field<R, 'query'>> }) &
  (Field<R, 'body'> extends undefined ? object : { readonly body: Input<Field<R, 'body'>> }) &
  (Field<R, 'file'> extends undefined ? object : { readonly file: Blob }) &
  (Field<R, 'ifMatch'> extends true ? { readonly ifMatch: number } : object);

/** A file that is made for one request. */
export interface Download {
  readonly contentType: string;
  /** What it is saved as. */
  readonly fileName: string;
  /** Its bytes in order. */
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What comes back. */
export type RouteResult<R extends RouteDefinition> =
  Field<R, 'downloads'> extends undefined
    ? Field<R, 'answersFile'> extends undefined
      ? Output<Field<R, 'response'>>
      : Uint8Array
    : Download;
