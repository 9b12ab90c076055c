import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../template/json.ts';

/** Where a stack lives: everything a physical name, an ARN or a URL is made of. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly originUrl: string;
  readonly awsUrl: string;
  readonly signInUrl: string;
}

/** What `Ref` and `Fn::GetAtt` give for one resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

export interface ResourceType<Properties = unknown> {
  /** The property that names the resource, when its author may choose the name. */
  readonly nameProperty?: string;
  /** The name that stands when its author chose none. */
  defaultName(logicalId: string, place: Place): string;
  identify(name: string, place: Place, logicalId: string): Identity;
  /** Strict: a property that is not listed stops the start. */
  readonly properties: z.ZodType<Properties>;
}

/** A property that is read and has nothing to do on one machine; the reason is part of the schema. */
export const idle = (reason: string) =>
  z.unknown().describe(`no effect on one machine: ${reason}`).optional();

export const tags = idle('tags only label the bill');

/** A number, or text that holds one: templates carry both. */
export const count = z.coerce.number();
export const flag = z.union([z.boolean(), z.stringbool()]);

/** A stable stand-in for the random part of names that AWS makes: the same at every start. */
export function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/** `stack-LogicalId-ABCDEF123456`, as CloudFormation names what nobody named, cut to the service's limit. */
export function generatedName(logicalId: string, place: Place, longest = 64): string {
  const tail = digestOf(place.stackName, logicalId).slice(0, 12).toUpperCase();
  return `${`${place.stackName}-${logicalId}`.slice(0, longest - 13)}-${tail}`;
}

export function arn(service: string, place: Place, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.account}:${resource}`;
}
