// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {System} from "./System.sol";

/// @notice Item 21: two proposals of one second, the same ballots in two orders, one result.
contract Tally is System {
    error Differs(uint256 got, uint256 wanted);

    uint256 private constant VOTERS = 4;

    address[] private voters;
    address[2] private proposers;
    uint256[2] private ids;

    function setUp() external {
        _deploy();
        uint32 first = _validator(100_000e18, 500);
        voters.push(_ownerOf(first));
        for (uint256 i = 1; i < VOTERS; ++i) {
            voters.push(_join(1, 5_000e18 * i));
            vm.prank(voters[i]);
            core.delegate(first, 5_000e18 * i, 0);
        }
        for (uint256 i; i < proposers.length; ++i) {
            proposers[i] = _join(1, 5_000e18);
            vm.prank(proposers[i]);
            core.delegate(first, 5_000e18, 0);
        }
        rules.allowTarget(address(token), true);
    }

    /// @param to Whom each voter gives its votes to.
    /// @param ballots Two per voter, a vote and an override: support, and whether it is cast at all.
    /// @param order Draws of the second proposal's order.
    function testFuzz_orderOfBallotsDoesNotCount(
        uint8[4] calldata to,
        uint8[8] calldata ballots,
        uint256 order
    ) external {
        for (uint256 i; i < VOTERS; ++i) {
            vm.prank(voters[i]);
            votes.delegate(voters[to[i] % VOTERS]);
        }
        vm.warp(START + 1 hours);
        ids[0] = _propose(0, "one");
        ids[1] = _propose(1, "two");
        vm.warp(START + 1 hours + 1 days + 1);
        for (uint256 i; i < ballots.length; ++i) _cast(ids[0], i, ballots[i]);
        uint256[8] memory turns = [uint256(0), 1, 2, 3, 4, 5, 6, 7];
        for (uint256 i = turns.length; i > 0; --i) {
            uint256 drawn = order % i;
            order /= i;
            _cast(ids[1], turns[drawn], ballots[turns[drawn]]);
            turns[drawn] = turns[i - 1];
        }
        _requireSame();
    }

    function _requireSame() private view {
        (uint256 against, uint256 for_, uint256 abstain) = governor.proposalVotes(ids[0]);
        (uint256 against2, uint256 for2, uint256 abstain2) = governor.proposalVotes(ids[1]);
        if (against != against2) revert Differs(against2, against);
        if (for_ != for2) revert Differs(for2, for_);
        if (abstain != abstain2) revert Differs(abstain2, abstain);
        uint256 supply = votes.getPastTotalSupply(governor.proposalSnapshot(ids[0]));
        if (against + for_ + abstain > supply) revert Differs(against + for_ + abstain, supply);
    }

    function _propose(uint256 which, string memory description) private returns (uint256) {
        address[] memory targets = new address[](1);
        targets[0] = address(token);
        bytes[] memory calldatas = new bytes[](1);
        calldatas[0] = abi.encodeCall(token.mint, (address(this), 1));
        vm.prank(proposers[which]);
        return governor.propose(targets, new uint256[](1), calldatas, description);
    }

    function _cast(uint256 id, uint256 turn, uint8 ballot) private {
        if (ballot % 4 == 3) return;
        vm.prank(voters[turn % VOTERS]);
        if (turn < VOTERS) governor.castVote(id, ballot % 4);
        else governor.castOverrideVote(id, ballot % 4, "");
    }
}
