/** What other wings and the API may call. */
export {
  type BeaconSettings,
  getBeaconSettings,
  type UpdateBeaconSettingsInput,
  updateBeaconSettings,
} from './beacon-settings.ts';
export { type FoundWriteKey, findWriteKey } from './find-write-key.query.ts';
export { isWriteKey } from './write-key-format.ts';
export { createWriteKey, listWriteKeys, revokeWriteKey, type WriteKeyView } from './write-keys.ts';
