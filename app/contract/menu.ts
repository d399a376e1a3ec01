import { z } from 'zod';
import { ChordText } from './keys';

/** A menu of the application menu, as the window asks for it. */
export const MenuGroup = z.object({
  title: z.string().min(1).max(40),
  items: z
    .array(
      z.object({
        id: z.string().min(1).max(80),
        title: z.string().min(1).max(80),
        keys: ChordText.nullable(),
        /** For one that is on or off. */
        checked: z.boolean().nullable(),
      }),
    )
    .max(80),
});
export type MenuGroup = z.infer<typeof MenuGroup>;
