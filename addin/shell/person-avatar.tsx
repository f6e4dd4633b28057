/** A person's picture, or the initials of the name where there is none or it has not come yet. */
import { Avatar, type AvatarProps } from '@fluentui/react-components';
import { useCallback, useSyncExternalStore } from 'react';
import { useServices } from './services';

interface Props {
  readonly name: string;
  /** Hash of the picture. */
  readonly picture: string | undefined;
  readonly size: NonNullable<AvatarProps['size']>;
  /** Shown at the picture's corner. */
  readonly badge?: AvatarProps['badge'];
}

export function PersonAvatar({ name, picture, size, badge }: Props) {
  const url = usePicture(picture);
  return (
    <Avatar
      name={name}
      size={size}
      color="colorful"
      aria-hidden
      {...(badge === undefined ? {} : { badge })}
      {...(url === undefined ? {} : { image: { src: url, alt: '' } })}
    />
  );
}

/** URL of a picture once it is there. */
function usePicture(hash: string | undefined): string | undefined {
  const { pictures } = useServices();
  const subscribe = useCallback(
    (onReady: () => void) => (hash === undefined ? () => undefined : pictures.show(hash, onReady)),
    [pictures, hash],
  );
  return useSyncExternalStore(subscribe, () => (hash === undefined ? undefined : pictures.peek(hash)));
}
