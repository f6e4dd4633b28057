/** The settings with the sections that other capabilities have in them. */
import { SettingsPlace } from './settings/settings-place';
import { AboutSection } from './updates/about-section';

export default function SettingsSections() {
  return (
    <SettingsPlace>
      <AboutSection />
    </SettingsPlace>
  );
}
