// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Announces what the system's contracts would, without doing it: volume for benches.
/// @dev Its code is laid over the real contracts of a throwaway chain, so that logs carry the addresses that are followed.
/// Each act is one word: kind (8 bits), validator (24), member (40), id (56), amount (128). A credit of rewards takes a
/// second word, its accumulator. Whoever writes the words answers for it that they tell a consistent story.
contract EventMill {
    event MemberRegistered(uint64 indexed memberNo, address indexed owner, bytes32 indexed memberId);
    event ValidatorRegistered(
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        bytes32 indexed keyHash,
        uint8 keyType,
        bytes consensusKey,
        uint16 commissionBps,
        uint16 maxCommissionBps,
        uint112 minDelegation,
        string name
    );
    event ValidatorActivated(uint32 indexed validatorId);
    event CommissionChanged(uint32 indexed validatorId, uint16 from, uint16 to);
    event TokensStaked(uint32 indexed validatorId, uint64 indexed memberNo, uint256 tokens);
    event StakeDelegated(
        uint256 indexed positionId,
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        uint256 tokens,
        uint256 shares
    );
    event TokensUnstaked(
        uint256 indexed requestId,
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        uint256 positionId,
        uint8 kind,
        uint32 day,
        uint256 tokens,
        uint256 shares,
        uint256 cohortShares,
        uint64 lienId,
        uint40 maturesAt
    );
    event UnstakeClaimed(
        uint256 indexed requestId,
        uint64 indexed memberNo,
        uint32 indexed validatorId,
        uint256 tokens,
        uint256 lienBurned,
        address to
    );
    event EpochCredited(
        uint32 indexed epoch,
        uint32 indexed validatorId,
        uint256 selfPart,
        uint256 commission,
        uint256 net,
        uint256 accumulatorRay
    );
    event RewardsClaimed(uint256 indexed positionId, uint64 indexed memberNo, uint256 amount, address to);
    event Transfer(address indexed from, address indexed to, uint256 value);

    uint256 private constant UNBONDING = 7 days;

    /// @notice Announces the acts of `words` for each contract in turn.
    /// @param targets Contracts that carry this code.
    function run(address[] calldata targets, uint256[][] calldata words) external {
        for (uint256 i; i < targets.length; ++i) EventMill(targets[i]).grind(words[i]);
    }

    /// @notice Announces the acts of `words` as this contract.
    function grind(uint256[] calldata words) external {
        for (uint256 i; i < words.length; ++i) {
            uint256 word = words[i];
            if (word >> 248 == 7) _credit(word, words[++i]);
            else _announce(word);
        }
    }

    function _announce(uint256 word) private {
        uint256 kind = word >> 248;
        uint32 validatorId = uint32((word >> 224) & 0xffffff);
        uint64 memberNo = uint64((word >> 184) & 0xffffffffff);
        uint256 id = (word >> 128) & 0xffffffffffffff;
        uint256 amount = word & type(uint128).max;
        if (kind == 10) emit Transfer(_from(id), _wallet(memberNo), amount);
        else if (kind == 11) emit Transfer(_wallet(memberNo), _from(id), amount);
        else if (kind == 4) emit StakeDelegated(id, validatorId, memberNo, amount, amount);
        else if (kind == 8) emit RewardsClaimed(id, memberNo, amount, _wallet(memberNo));
        else if (kind == 5) _unstake(id, validatorId, memberNo, amount);
        else if (kind == 6) emit UnstakeClaimed(id, memberNo, validatorId, amount, 0, _wallet(memberNo));
        else if (kind == 9) emit CommissionChanged(validatorId, uint16(id), uint16(amount));
        else if (kind == 3) emit TokensStaked(validatorId, memberNo, amount);
        else if (kind == 2) emit ValidatorActivated(validatorId);
        else if (kind == 1) _validator(validatorId, memberNo);
        else emit MemberRegistered(memberNo, _wallet(memberNo), keccak256(abi.encode(memberNo)));
    }

    function _credit(uint256 word, uint256 accumulatorRay) private {
        uint256 amount = word & type(uint128).max;
        uint256 self = amount / 10;
        uint256 commission = (amount - self) / 20;
        uint32 epoch = uint32((word >> 128) & 0xffffffff);
        uint32 validatorId = uint32((word >> 224) & 0xffffff);
        emit EpochCredited(epoch, validatorId, self, commission, amount - self - commission, accumulatorRay);
    }

    function _unstake(uint256 requestId, uint32 validatorId, uint64 memberNo, uint256 amount) private {
        // As the story numbers positions: one of each member with each validator.
        uint256 positionId = 1e12 + uint256(memberNo) * 1_000 + validatorId;
        uint32 day = uint32(block.timestamp / 1 days);
        uint40 maturesAt = uint40(block.timestamp + UNBONDING);
        emit TokensUnstaked(requestId, validatorId, memberNo, positionId, 0, day, amount, amount, amount, 0, maturesAt);
    }

    function _validator(uint32 validatorId, uint64 memberNo) private {
        bytes memory key = abi.encodePacked(address(uint160(validatorId)));
        bytes memory name = abi.encodePacked("Mill 000");
        name[5] = bytes1(uint8(48 + ((validatorId / 100) % 10)));
        name[6] = bytes1(uint8(48 + ((validatorId / 10) % 10)));
        name[7] = bytes1(uint8(48 + (validatorId % 10)));
        emit ValidatorRegistered(validatorId, memberNo, keccak256(key), 0, key, 500, 2_000, 0, string(name));
    }

    /// @dev The other side of a transfer: nobody, or another member.
    function _from(uint256 memberNo) private pure returns (address) {
        return memberNo == 0 ? address(0) : _wallet(uint64(memberNo));
    }

    function _wallet(uint64 memberNo) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("mill", memberNo)))));
    }
}
