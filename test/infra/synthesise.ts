import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import { PlatformStack } from '../../lib/platform-stack.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;
const Template = z.object({ Resources: z.record(z.string(), Resource) });
const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(z.unknown()),
      suppressedViolations: z
        .array(z.object({ acknowledgedId: z.string(), acknowledgedAt: z.string(), reason: z.string() }))
        .default([]),
    }),
  ),
});

const folders = ['setup', 'oauth', 'api', 'scheduler', 'sync-worker', 'webhook-in', 'event-sender', 'portal'];

export type Synthesised = {
  /** The cloud assembly. */
  directory: string;
  resources: Record<string, Resource>;
  report: z.infer<typeof Report>;
};

/** The stack as it is deployed, with the same rules on, in a folder of its own; bundles do nothing. */
export function synthesise(): Synthesised {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerlink-infra-'));
  const bundles = join(folder, 'bundles');
  for (const name of folders) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(
      join(bundles, name, 'index.js'),
      'exports.handler = async () => ({ batchItemFailures: [] });',
    );
  }
  const { context } = z.object({ context: z.record(z.string(), z.unknown()) }).parse(read('cdk.json'));
  const app = new App({ outdir: join(folder, 'out'), context, analyticsReporting: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new PlatformStack(app, 'Test', { stage: 'test', bundles });
  const { directory } = app.synth();
  return {
    directory,
    resources: Template.parse(read(join(directory, 'Test.template.json'))).Resources,
    report: Report.parse(read(join(directory, 'validation-report.json'))),
  };
}

/** Every resource of a type, with its logical id. */
export function ofType({ resources }: Synthesised, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
