/** NAL units: walking them, and the identity of a picture. */
@NullMarked
package dev.livedub.testkit.nal;

import org.jspecify.annotations.NullMarked;
