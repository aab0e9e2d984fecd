/**
 * Publishing by RTMP and RTMPS: Adobe's RTMP specification 1.0, with enhanced RTMP's codecs. Plain
 * Java; the media arrives as the payload of FLV's tags.
 */
@NullMarked
package dev.livedub.media.rtmp;

import org.jspecify.annotations.NullMarked;
