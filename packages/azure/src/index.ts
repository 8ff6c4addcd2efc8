export { accountScope } from './account-scope.ts';
export type {
  AnswerFetchOptions,
  AnswerFreshness,
  AnswerKind,
  AnswerMode,
  AnswerNamespace,
  AnswerPolicy,
  AnswerStore,
  ReadableAnswerStore,
  FetchedAnswer,
  StoredAnswer,
} from './answers.ts';
export type { SubscriptionInfo } from './azure-api.ts';
export { type AzureProfile, type ProfileSubscription, readAzureProfile } from './azure-profile.ts';
export type { Clock } from './clock.ts';
export type { AzureConnection, Cloud, CredentialKind } from './connection.ts';
export { AzureError, type AzureErrorCode, type AzureErrorOptions } from './errors.ts';
export type { InventoryEvent, RequestKind } from './events.ts';
export type { Diagnosis } from './fleet-error.ts';
export type { Fleet, FleetError, FleetErrorCategory, Part, PartKind, Vm } from './fleet.ts';
export {
  createInventory,
  type FreshnessRequest,
  type Inventory,
  type InventoryOptions,
  type ListRequest,
  type SubscriptionsAnswer,
} from './inventory.ts';
export { partsOfId } from './ids.ts';
export {
  type FleetPolicies,
  type KeptFleet,
  type PartStamp,
  readFleetSync,
  type ReadFleetRequest,
  readStampsSync,
} from './read-fleet.ts';
export { readSubscriptionsSync } from './read-subscriptions.ts';
export { type CallContext, type CallRunner, type CallRunnerOptions, createCallRunner } from './runner.ts';
export { createTokenFiles } from './token-file.ts';
export type { StoredToken, TokenStore } from './token-store.ts';
