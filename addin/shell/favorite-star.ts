/** The star that makes somebody a favourite, for capabilities that show one person. */
export { useFavoriteStar } from '../favorites/favorite-button';
