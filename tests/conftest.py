"""What all tests rely on."""

import signal

# Programs that the tests start heed signals, even if the tests were started by something that
# ignores some of them: nohup, or a shell's background.
for _number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.SIG_DFL)
