import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isObject, type JsonObject } from './json.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      displayName: z.string().optional(),
      properties: z.looseObject({}).optional(),
    }),
  ),
});
const StackProperties = z.object({ templateFile: z.string(), stackName: z.string().optional() });
const Nested = z.object({ directoryName: z.string() });
const Assets = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** A stack as `cdk synth` wrote it: its template and where the files it names by S3 key really are. */
export interface SynthesisedStack {
  readonly name: string;
  readonly names: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly template: JsonObject;
  /** S3 object key → absolute path of the asset's folder or file. */
  readonly assets: ReadonlyMap<string, string>;
}

const DEFAULT_REGION = 'ca-central-1';
const DEFAULT_ACCOUNT = '000000000000';

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function readAssets(folder: string, artifacts: z.infer<typeof Manifest>['artifacts']): Map<string, string> {
  const found = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const { file } = z.object({ file: z.string() }).parse(artifact.properties);
    for (const asset of Object.values(Assets.parse(readJson(join(folder, file))).files)) {
      const path = asset.source.path;
      if (path === undefined) continue;
      for (const { objectKey } of Object.values(asset.destinations)) found.set(objectKey, join(folder, path));
    }
  }
  return found;
}

function readStacks(folder: string): SynthesisedStack[] {
  const { artifacts } = Manifest.parse(readJson(join(folder, 'manifest.json')));
  const assets = readAssets(folder, artifacts);
  return Object.entries(artifacts).flatMap(([id, artifact]): SynthesisedStack[] => {
    if (artifact.type === 'cdk:cloud-assembly') {
      return readStacks(join(folder, Nested.parse(artifact.properties).directoryName));
    }
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const { templateFile, stackName } = StackProperties.parse(artifact.properties);
    const [account, region] = (artifact.environment ?? '').replace('aws://', '').split('/');
    const template = readJson(join(folder, templateFile));
    if (!isObject(template)) throw new Error(`${templateFile} is not a CloudFormation template`);
    return [
      {
        name: stackName ?? id,
        names: [id, stackName ?? id, artifact.displayName ?? id],
        account: account && account !== 'unknown-account' ? account : DEFAULT_ACCOUNT,
        region: region && region !== 'unknown-region' ? region : DEFAULT_REGION,
        template,
        assets,
      },
    ];
  });
}

/**
 * Reads one stack out of a cloud assembly (stages included).
 *
 * @param assemblyDir the folder `cdk synth` wrote (`cdk.out`), with its `manifest.json`
 * @param stackName artifact id, stack name or display name; may be left out when there is only one stack
 * @throws when no stack, or more than one, fits
 */
export function readAssembly(assemblyDir: string, stackName?: string): SynthesisedStack {
  const stacks = readStacks(assemblyDir);
  const fitting = stackName === undefined ? stacks : stacks.filter(({ names }) => names.includes(stackName));
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const known = stacks.map(({ name }) => name).join(', ') || 'none';
  throw new Error(
    `${assemblyDir} holds the stacks: ${known}. ${stackName === undefined ? 'Say which one to run' : `None of them, or several, are called ${stackName}`}.`,
  );
}
