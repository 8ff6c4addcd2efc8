import type { AnswerKind } from './answers.ts';
import type { PartKind } from './fleet.ts';

/** The kind under which a part is stored. */
export const KIND_OF_PART: Record<PartKind, Extract<AnswerKind, 'vm_list' | 'vm_status' | 'nic' | 'public_ip'>> = {
  'vm-list': 'vm_list',
  'vm-status': 'vm_status',
  nic: 'nic',
  'public-ip': 'public_ip',
};

/** The key of an answer that covers the whole subscription, or of one that covers a resource group only. */
export function answerKey(resourceGroup?: string): string {
  return resourceGroup === undefined ? 'all' : `group-${resourceGroup.toLowerCase()}`;
}
