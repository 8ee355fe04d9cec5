// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The last 30 uptimes of a validator, its totals and its down epochs, in three slots.
library UptimeRing {
    /// @param downBitmap Bit i: down in the epoch `latest − i`.
    /// @param cells Two words of 15 uptimes, 16 bits each, plus one so that zero is an empty cell. The top 16 bits of the
    /// first word count the reports modulo `TURNS`.
    struct Ring {
        uint64 proposed;
        uint64 attested;
        uint64 missed;
        uint32 latest;
        uint32 downBitmap;
        uint256[2] cells;
    }

    uint256 internal constant LENGTH = 30;
    uint256 private constant HALF = 15;
    uint256 private constant BITS = 16;
    uint256 private constant CELL = 0xffff;
    uint256 private constant COUNTER_SHIFT = 240;
    /// @dev Largest multiple of 30 that 16 bits hold, so that the place in the ring survives the counter's wrap.
    uint256 internal constant TURNS = 65_520;
    uint256 private constant BPS = 10_000;

    /// @notice Adds an epoch with duties; later than any before.
    /// @return uptimeBps Of that epoch.
    /// @return down Less than half of the duties done.
    /// @return fell Down now, and not in the latest epoch reported before.
    function push(
        Ring storage r,
        uint32 epoch,
        uint32 attested,
        uint32 missed
    ) internal returns (uint16 uptimeBps, bool down, bool fell) {
        uptimeBps = uint16((uint256(attested) * BPS) / (uint256(attested) + missed));
        down = attested < missed;
        fell = down && r.downBitmap & 1 == 0;

        uint256 first = r.cells[0];
        uint256 counter = first >> COUNTER_SHIFT;
        uint256 place = counter % LENGTH;
        uint256 next = (counter + 1) % TURNS;
        first = (first & (type(uint256).max >> BITS)) | (next << COUNTER_SHIFT);
        if (place < HALF) {
            first = _set(first, place, uptimeBps);
        } else {
            r.cells[1] = _set(r.cells[1], place - HALF, uptimeBps);
        }
        r.cells[0] = first;

        uint256 gap = epoch - r.latest;
        uint256 bitmap = gap < LENGTH ? uint256(r.downBitmap) << gap : 0;
        r.downBitmap = uint32((bitmap | (down ? 1 : 0)) & ((1 << LENGTH) - 1));
        r.latest = epoch;
        r.attested += attested;
        r.missed += missed;
    }

    /// @return uptimes Basis points, newest first.
    /// @return counter Reports so far modulo `TURNS`.
    function read(Ring storage r) internal view returns (uint16[] memory uptimes, uint16 counter) {
        uint256[2] memory cells = [r.cells[0], r.cells[1]];
        counter = uint16(cells[0] >> COUNTER_SHIFT);
        uptimes = new uint16[](LENGTH);
        uint256 length;
        for (; length < LENGTH; ++length) {
            uint256 place = (counter + LENGTH - 1 - length) % LENGTH;
            uint256 cell = (cells[place / HALF] >> ((place % HALF) * BITS)) & CELL;
            if (cell == 0) break;
            uptimes[length] = uint16(cell - 1);
        }
        assembly ("memory-safe") {
            mstore(uptimes, length)
        }
    }

    function _set(uint256 word, uint256 place, uint16 uptimeBps) private pure returns (uint256) {
        uint256 shift = place * BITS;
        return (word & ~(CELL << shift)) | ((uint256(uptimeBps) + 1) << shift);
    }
}
