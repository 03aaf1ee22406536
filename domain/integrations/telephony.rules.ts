/** Platforms that tell of calls by webhook. */
export const TELEPHONY_PLATFORMS = ['convin', 'telephony'] as const;
export type TelephonyPlatform = (typeof TELEPHONY_PLATFORMS)[number];

export const isTelephonyPlatform = (platform: string): platform is TelephonyPlatform =>
  (TELEPHONY_PLATFORMS as readonly string[]).includes(platform);

/** `convin-2` is the second integration of `convin`. */
export const platformOf = (source: string): string => source.replace(/-\d+$/, '');

/** Whose agents speak when an event names no vendor. */
export const DEFAULT_VENDOR = { convin: 'convin', telephony: null } as const satisfies Record<
  TelephonyPlatform,
  string | null
>;

/** What people set up for one telephone system. */
export interface TelephonySettings {
  /** Stands in for an event's own vendor_code. */
  readonly vendorCode?: string | undefined;
  /** Refuses the static token, which proves nothing about the body. */
  readonly requireSignature?: boolean | undefined;
}

/** Clocks of provider and product may differ by this much; older deliveries are replays. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;
