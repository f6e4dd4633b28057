/** What a colleague's telephone does and picking up what rings there, for capabilities that list people. */
export { LineSign } from '../line-states/line-sign';
export { PickUpQuestion } from '../line-states/pick-up-question';
export { useLine } from '../line-states/use-line';
export { WatchButton } from '../presence-watches/watch-button';
