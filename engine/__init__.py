"""Generation and ranking: video and words in, candidate sounds with score cards out. Knows no window."""

import os

# Torch's threads wait for each other at every layer. Spinning while they wait is ruin as soon as anything else wants
# a core (a layer of 0.08 s took 3.8 s); falling asleep at once loses a third of the time of small layers. So they spin
# for some microseconds, then sleep. OpenMP reads this once, when torch loads.
WAITING = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "20000", "KMP_BLOCKTIME": "0"}
for _name, _value in WAITING.items():
    os.environ.setdefault(_name, _value)
