#!/usr/bin/env python3
"""Measures what the window costs: frames a second and CPUs used, on a virtual screen with software OpenGL.

measure.py PROGRAM COUNTER [--seconds N]. COUNTER is the library made of count_frames.cpp. The CPUs are those of the
window's own process, the drivers' threads included; the program it shows runs in another one, which is told beside it.
Needs xvfb, xauth and xdotool.
"""
import argparse, datetime, os, platform, shutil, struct, subprocess, sys, tempfile, time

TICKS = os.sysconf("SC_CLK_TCK")
SIZE = (1600, 1000)


def cpu_seconds(pid):
    """User and system time of a process; 0 when it has ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except FileNotFoundError:
        return 0.0


def children(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found += [int(child) for child in file.read().split()]
    return found


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} CPUs"


class Window:
    """The program with its counter of frames, as large as the screen."""

    def __init__(self, program, counter, folder, arguments):
        self.frames_path = os.path.join(folder, "frames")
        with open(self.frames_path, "wb") as file:
            file.write(bytes(8))
        environment = dict(os.environ, LD_PRELOAD=counter, GOLANES_FRAMES=self.frames_path)
        self.process = subprocess.Popen([program, *arguments], env=environment, stderr=subprocess.DEVNULL)
        self.number = self.find()
        subprocess.run(["xdotool", "windowmove", self.number, "0", "0", "windowsize", self.number, *map(str, SIZE)], check=True)

    def find(self):
        for _ in range(300):
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Golanes"], capture_output=True, text=True)
            if found.stdout.strip():
                return found.stdout.split()[0]
            if self.process.poll() is not None:
                sys.exit(f"measure: the window ended with {self.process.returncode}")
            time.sleep(0.1)
        sys.exit("measure: no window")

    def frames(self):
        with open(self.frames_path, "rb") as file:
            return struct.unpack("<Q", file.read(8))[0]

    def measure(self, seconds):
        """(frames a second, CPUs of the window, CPUs of its children)"""
        runs = children(self.process.pid)
        start = time.monotonic()
        before = self.frames(), cpu_seconds(self.process.pid), sum(map(cpu_seconds, runs))
        time.sleep(seconds)
        after = self.frames(), cpu_seconds(self.process.pid), sum(map(cpu_seconds, runs))
        return [(b - a) / (time.monotonic() - start) for a, b in zip(before, after)]

    def close(self):
        self.process.terminate()
        self.process.wait()


def turn_wheel():
    """A hand on the wheel over the lanes: it zooms in and out without rest, so that no two frames are alike."""
    turns = " ".join(f"click {button} sleep 0.01" for button in [4] * 40 + [5] * 40)
    script = f"xdotool mousemove 900 300; while xdotool {turns}; do :; done"
    return subprocess.Popen(["sh", "-c", script], start_new_session=True)


def row(name, values):
    print(f"| {name} | {values[0]:.1f} | {values[1]:.2f} | {values[2]:.2f} |", flush=True)


def measure_all(program, counter, seconds, folder):
    print(f"{processor()}, load {os.getloadavg()[0]:.1f}, {datetime.date.today()}, {SIZE[0]}x{SIZE[1]}\n")
    print("| | frames/s | CPUs of the window | CPUs of the program |\n|---|---|---|---|")
    window = Window(program, counter, folder, [])
    time.sleep(4)
    row("a live run", window.measure(seconds))
    hand = turn_wheel()
    row("a live run, zooming", window.measure(seconds))
    os.killpg(hand.pid, 15)
    subprocess.run(["xdotool", "key", "space"], check=True)
    time.sleep(1)
    row("the view paused", window.measure(seconds))
    window.close()
    recording = os.path.join(folder, "run.golanes")
    subprocess.run([program, "run", "alternate", "--duration", "1s", "--record", recording], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    window = Window(program, counter, folder, [recording])
    time.sleep(2)
    row("a recording, nobody there", window.measure(seconds))
    hand = turn_wheel()
    row("a recording, zooming", window.measure(seconds))
    os.killpg(hand.pid, 15)
    window.close()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program")
    options.add_argument("counter")
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if not given.inside:
        for tool in ("xvfb-run", "xdotool"):
            if shutil.which(tool) is None:
                sys.exit(f"measure: {tool} is missing")
        screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24 -noreset"
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", screen, sys.executable, *sys.argv, "--inside"])
    with tempfile.TemporaryDirectory() as folder:
        measure_all(os.path.abspath(given.program), os.path.abspath(given.counter), given.seconds, folder)


main()
