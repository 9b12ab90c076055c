import type { Books } from './resource.ts';

/** Whether a vis_state change moves `updated`, as the resource's switch stands (§3.8, §10). */
export const bumpsBySwitch =
  (resource: 'clients' | 'invoices' | 'payments' | 'expenses') =>
  ({ plays }: Books): 'now' | 'later' | 'never' => {
    const name = `delete-bumps-updated.${resource}` as const;
    if (plays(name, 'bumped')) return 'now';
    return plays(name, 'after-reply') ? 'later' : 'never';
  };
