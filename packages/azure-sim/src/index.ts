export { startAzureSim, type AzureSim } from './azure-sim.ts';
export type { Clock } from './clock.ts';
export { AzureSimError, type AzureSimErrorCode } from './errors.ts';
export type { SimFleet } from './fleet/fleet.ts';
export type {
  SimIpConfiguration,
  SimMachine,
  SimMachineChange,
  SimMachineSpec,
  SimNic,
  SimPowerState,
  SimProvisioningState,
  SimPublicIp,
} from './fleet/machine.ts';
export type { DenyOptions } from './identity/access.ts';
export type { SimAccount, SimSubscription } from './identity/tenancy.ts';
export type { AzureSimOptions } from './options.ts';
export type { Fault } from './server/faults.ts';
export { type RequestKind, requestKinds } from './server/request-kind.ts';
export type { SimStats } from './server/stats.ts';
export { startDelayProxy, type DelayProxy, type DelayProxyOptions } from './ssh/delay/delay-proxy.ts';
export type { SimSshOptions } from './ssh/options.ts';
export type { SimSsh, SimSshEndpoint, SimSshFault } from './ssh/sim-ssh.ts';
export type { SimSshStats } from './ssh/stats.ts';
