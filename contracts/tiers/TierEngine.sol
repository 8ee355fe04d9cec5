// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {TierTable} from "../libraries/TierTable.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {MemberTier} from "../types/MemberTier.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {ITierEngine} from "./ITierEngine.sol";

/// @notice Tiers by own stake and identity, at once.
contract TierEngine is ITierEngine, Managed {
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IMemberRegistry, IKycRegistry kyc, IValidatorRegistry validators, IStakingCore core) {
        _kyc = kyc;
        _validators = validators;
        _core = core;
    }

    function initialize(address authority_) external initializer {
        __AccessManaged_init(authority_);
    }

    /// @inheritdoc ITierEngine
    function evaluate(uint64 memberNo) external view returns (MemberTier tier) {
        return tierOf(memberNo);
    }

    /// @inheritdoc ITierEngine
    function tierOf(uint64 memberNo) public view returns (MemberTier) {
        uint32 id = _validators.validatorOf(memberNo);
        return id == 0 ? MemberTier.BasicUser : TierTable.tierOf(_core.selfStakeOf(id), _kyc.levelOf(memberNo));
    }

    /// @inheritdoc ITierEngine
    function ownStakeWeightBps(uint32) external pure returns (uint16) {
        return 10_000;
    }
}
