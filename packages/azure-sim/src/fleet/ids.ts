/** Resource ids. They compare without case: {@link idKey} is the form to compare. */
interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

export function groupId({ subscriptionId, resourceGroup }: Place): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}

export function machineId(place: Place, name: string): string {
  return `${groupId(place)}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

export function nicId(place: Place, name: string): string {
  return `${groupId(place)}/providers/Microsoft.Network/networkInterfaces/${name}`;
}

export function publicIpId(place: Place, name: string): string {
  return `${groupId(place)}/providers/Microsoft.Network/publicIPAddresses/${name}`;
}

/** Azure writes the group of the same resource in upper case in some answers, and as it was created in others. */
export function upperCaseGroup<T extends Place>(place: T): T {
  return { ...place, resourceGroup: place.resourceGroup.toUpperCase() };
}

export function idKey(id: string): string {
  return id.toLowerCase();
}
