"""One RTSP mount point on a free loopback port, over TCP; ends when its standard input does.

usage: rtsp_server.py MOUNT shared|private LAUNCH
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

mount, sharing, launch = sys.argv[1:]
Gst.init(None)
loop = GLib.MainLoop()

factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(launch)
factory.set_shared(sharing == "shared")
factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
server.get_mount_points().add_factory(mount, factory)
server.attach(None)


def at_input(_channel, _condition):
    loop.quit()
    return False


GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, at_input)
print(f"port={server.get_bound_port()}", flush=True)
loop.run()
