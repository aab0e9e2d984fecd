/**
 * What FLV's tags hold (Adobe's FLV specification 10.1, annex E), with the codecs of enhanced RTMP
 * (veovera, version 2), made from access units. Plain Java.
 */
@NullMarked
package dev.livedub.media.flv;

import org.jspecify.annotations.NullMarked;
