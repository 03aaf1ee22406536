/** What the API and other wings may call. */
export {
  EMAIL_FREQUENCIES,
  getPreferences,
  type PreferencesView,
  THEMES,
  updatePreferences,
} from './preferences.ts';
export { getProfile, type ProfileView, updateProfile } from './profile.ts';
