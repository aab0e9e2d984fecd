/** Live streams as fragmented MP4, which a browser's Media Source Extensions play. */
@NullMarked
package dev.livedub.testkit.mp4;

import org.jspecify.annotations.NullMarked;
