// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Managed} from "../libraries/Managed.sol";
import {IStakeVotes} from "./IStakeVotes.sol";

/// @notice Units of positions, nothing else yet.
contract StakeVotes is IStakeVotes, Managed {
    mapping(uint256 positionId => uint256) public positionUnits;
    mapping(uint64 memberNo => Holding) private _holdings;

    function initialize(address authority_) external initializer {
        __AccessManaged_init(authority_);
    }

    /// @inheritdoc IStakeVotes
    function touchPosition(uint256 positionId, uint64 memberNo, uint256 value) external {
        Holding storage h = _holdings[memberNo];
        h.delegated = uint128(h.delegated + value - positionUnits[positionId]);
        positionUnits[positionId] = value;
    }

    /// @inheritdoc IStakeVotes
    function touchSelf(uint64 memberNo, uint256 self) external {
        _holdings[memberNo].self = uint128(self);
    }

    /// @inheritdoc IStakeVotes
    function sync(uint256[] calldata positionIds) external {}

    /// @inheritdoc IStakeVotes
    function refresh(uint64 memberNo) external {}

    /// @inheritdoc IStakeVotes
    function holding(uint64 memberNo) external view returns (Holding memory) {
        return _holdings[memberNo];
    }
}
