/** What the test servers share: listening, hanging up, and the record of faults. */
@NullMarked
package dev.livedub.testkit.net;

import org.jspecify.annotations.NullMarked;
