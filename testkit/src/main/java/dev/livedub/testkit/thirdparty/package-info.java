/** Servers and tools of other projects, started as processes of their own and surely ended. */
@NullMarked
package dev.livedub.testkit.thirdparty;

import org.jspecify.annotations.NullMarked;
