"""RTSP mount points on a loopback port, over TCP; ends when its standard input does.

usage: rtsp_server.py PORT (MOUNT shared|private LAUNCH)...      port 0 for any free one
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

port, *mounts = sys.argv[1:]
Gst.init(None)
loop = GLib.MainLoop()

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
for mount, sharing, launch in zip(mounts[::3], mounts[1::3], mounts[2::3]):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(launch)
    factory.set_shared(sharing == "shared")
    factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
    server.get_mount_points().add_factory(mount, factory)
server.attach(None)


def at_input(_channel, _condition):
    loop.quit()
    return False


GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, at_input)
print(f"port={server.get_bound_port()}", flush=True)
loop.run()
