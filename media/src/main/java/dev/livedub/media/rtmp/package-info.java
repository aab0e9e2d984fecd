/**
 * Publishing by RTMP and RTMPS: Adobe's RTMP specification 1.0, with enhanced RTMP's codecs. Plain
 * Java; the media arrives as FLV.
 */
@NullMarked
package dev.livedub.media.rtmp;

import org.jspecify.annotations.NullMarked;
