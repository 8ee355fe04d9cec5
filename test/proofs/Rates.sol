// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @dev The formulas of the liquid vault (OpenZeppelin's ERC-4626, offset 6) and of its days, written out.
contract Rates {
    uint112 private constant CAP = 1e28;
    uint256 private constant OFFSET = 1e6;

    function depositAndRedemptionGainNothing(uint112 assets, uint128 supply, uint112 paid) external pure {
        require(assets <= CAP && paid <= CAP && supply <= 1e35);
        uint256 shares = Math.mulDiv(paid, uint256(supply) + OFFSET, uint256(assets) + 1);
        assert(Math.mulDiv(shares, uint256(assets) + 1, uint256(supply) + OFFSET) <= paid);
    }

    function daysPayNoMoreThanTheyHold(uint112 assets, uint128 a, uint128 b) external pure {
        require(assets <= CAP && a > 0 && uint256(a) + b <= 1e35);
        uint256 all = uint256(a) + b;
        assert(Math.mulDiv(a, assets, all) + Math.mulDiv(b, assets, all) <= assets);
    }
}

/// @dev How a slash is shared out: `SlashingManager._distribute`, written out.
contract Bounties {
    function leaveMostOfTheLossLost(uint112 taken, uint16 bountyBps, uint16 insuranceBps, uint96 cap) external pure {
        require(bountyBps <= 1_000 && insuranceBps <= 2_000 && cap <= 1_000e18);
        uint256 bounty = (uint256(taken) * bountyBps) / 10_000;
        uint256 insurance = (uint256(taken) * insuranceBps) / 10_000;
        if (bounty > cap) bounty = cap;
        assert(bounty <= 1_000e18);
        assert(bounty * 10 <= taken);
        assert(bountyBps > 500 || bounty * 20 <= taken);
        assert(bounty + insurance <= taken);
        assert(bounty + insurance <= (uint256(taken) * (uint256(bountyBps) + insuranceBps)) / 10_000);
    }
}
