/** A class of the data set. */
export interface Kind {
  /** Unicode's names of the emoji, as Iconify writes them; a design may lack some. */
  emoji: readonly string[];
  /** Whether left and right may be exchanged: not where a hand of a clock would go backwards. */
  mirrored: boolean;
}

const words = (text: string) => text.trim().split(/\s+/);

/** What a stranger could name at 16×16 pixels. The order is that of the labels. */
export const kinds: Record<string, Kind> = {
  'Happy face': {
    mirrored: true,
    emoji:
      words(`grinning-face grinning-face-with-big-eyes grinning-face-with-smiling-eyes slightly-smiling-face
      smiling-face smiling-face-with-smiling-eyes beaming-face-with-smiling-eyes grinning-squinting-face
      smiling-face-with-sunglasses smiling-face-with-heart-eyes winking-face`),
  },
  'Sad face': {
    mirrored: true,
    emoji:
      words(`frowning-face slightly-frowning-face frowning-face-with-open-mouth anguished-face worried-face
      disappointed-face crying-face loudly-crying-face weary-face tired-face`),
  },
  Cat: {
    mirrored: true,
    emoji:
      words(`cat-face grinning-cat grinning-cat-with-smiling-eyes cat-with-wry-smile cat-with-tears-of-joy
      smiling-cat-with-heart-eyes kissing-cat pouting-cat weary-cat crying-cat`),
  },
  Bear: { mirrored: true, emoji: words('bear panda koala polar-bear') },
  Fish: { mirrored: true, emoji: words('fish tropical-fish blowfish') },
  Flower: { mirrored: true, emoji: words('cherry-blossom hibiscus sunflower blossom tulip rose') },
  Tree: { mirrored: true, emoji: words('evergreen-tree deciduous-tree christmas-tree palm-tree') },
  Fruit: {
    mirrored: true,
    emoji: words('red-apple green-apple tangerine lemon pear strawberry cherries watermelon'),
  },
  Heart: {
    mirrored: true,
    emoji: words(`red-heart orange-heart yellow-heart green-heart blue-heart light-blue-heart purple-heart
      pink-heart brown-heart black-heart`),
  },
  Ball: { mirrored: true, emoji: words('soccer-ball basketball baseball softball volleyball') },
  Moon: {
    mirrored: true,
    emoji: words(`crescent-moon new-moon waxing-crescent-moon first-quarter-moon waxing-gibbous-moon full-moon
      waning-gibbous-moon last-quarter-moon waning-crescent-moon`),
  },
  Clock: {
    mirrored: false,
    emoji: [
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
      'nine',
      'ten',
      'eleven',
      'twelve',
    ].flatMap((hour) => [`${hour}-oclock`, `${hour}-thirty`]),
  },
  Car: {
    mirrored: true,
    emoji: words('automobile sport-utility-vehicle taxi oncoming-automobile oncoming-taxi'),
  },
};
