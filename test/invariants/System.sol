// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {IKycRegistry} from "../../contracts/identity/IKycRegistry.sol";
import {KycRegistry} from "../../contracts/identity/KycRegistry.sol";
import {MemberRegistry} from "../../contracts/identity/MemberRegistry.sol";
import {KeyType} from "../../contracts/libraries/ConsensusKeys.sol";
import {Roles} from "../../contracts/libraries/Roles.sol";
import {StakeVotes} from "../../contracts/governance/StakeVotes.sol";
import {PerformanceOracle} from "../../contracts/performance/PerformanceOracle.sol";
import {ProtocolPause} from "../../contracts/safety/ProtocolPause.sol";
import {IBondingGuard} from "../../contracts/slashing/IBondingGuard.sol";
import {IStakingCore} from "../../contracts/staking/IStakingCore.sol";
import {RewardVault} from "../../contracts/staking/RewardVault.sol";
import {StakingCore} from "../../contracts/staking/StakingCore.sol";
import {ITierEngine} from "../../contracts/tiers/ITierEngine.sol";
import {TierEngine} from "../../contracts/tiers/TierEngine.sol";
import {TBurnToken} from "../../contracts/token/TBurnToken.sol";
import {IValidatorRegistry} from "../../contracts/validators/IValidatorRegistry.sol";
import {ValidatorRegistry} from "../../contracts/validators/ValidatorRegistry.sol";
import {Vm} from "./Vm.sol";

/// @notice The whole system behind its proxies; the inheriting contract administers it.
abstract contract System {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 internal constant WAD = 1e18;
    uint256 internal constant START = 1_800_000_000;
    uint40 internal constant DAY = 1 days;
    uint40 internal constant UNBONDING = 7 days;
    uint40 internal constant COMMISSION_DELAY = 7 days;
    uint256 internal constant GENESIS = 100_000_000e18;
    uint256 internal constant CAP = 9_000_000_000e18;
    uint112 internal constant EPOCH_BUDGET = 20_000e18;
    uint256 internal constant ATTESTER_KEY = 0xA77E57;

    AccessManager internal manager;
    TBurnToken public token;
    MemberRegistry public members;
    KycRegistry public kyc;
    ValidatorRegistry public validators;
    StakingCore public core;
    RewardVault public vault;
    ProtocolPause public pause;
    PerformanceOracle public oracle;
    TierEngine public tiers;
    StakeVotes public votes;

    /// @dev Private keys of wallets, so that they can sign permits.
    mapping(address wallet => uint256) internal keyOf;
    uint256 private _lastKey = 0xBEEF;

    function _deploy() internal {
        vm.warp(START);
        address self = address(this);
        manager = new AccessManager(self);
        token = new TBurnToken(address(manager), self, GENESIS, CAP);
        address authority = address(manager);
        members = MemberRegistry(
            _proxy(address(new MemberRegistry()), abi.encodeCall(members.initialize, (authority, 3 days, 7 days)))
        );
        kyc = KycRegistry(_proxy(address(new KycRegistry(members)), abi.encodeCall(kyc.initialize, (authority))));
        pause = new ProtocolPause(authority);
        validators = ValidatorRegistry(
            _proxy(
                address(new ValidatorRegistry(members, kyc)),
                abi.encodeCall(validators.initialize, (authority, 2, COMMISSION_DELAY, 3 days))
            )
        );
        core = StakingCore(
            _proxy(
                address(new StakingCore(token, members, kyc, validators)),
                abi.encodeCall(core.initialize, (authority, IStakingCore.Windows(UNBONDING, DAY, 1 days)))
            )
        );
        vault = RewardVault(
            _proxy(
                address(new RewardVault(token, members, validators, core, pause)),
                abi.encodeCall(vault.initialize, (authority, EPOCH_BUDGET))
            )
        );
        _deployTiers(authority);
        address counting = address(new StakeVotes(members, kyc, validators, core));
        votes = StakeVotes(_proxy(counting, abi.encodeCall(votes.initialize, (authority))));
        validators.connect(core, tiers);
        tiers.connect(votes);
        core.connect(address(vault), votes, pause, new IBondingGuard[](0));

        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = MemberRegistry.activate.selector;
        manager.setTargetFunctionRole(address(members), selectors, Roles.KYC_REGISTRY);
        manager.grantRole(Roles.KYC_REGISTRY, address(kyc), 0);
        manager.grantRole(Roles.ATTESTER, vm.addr(ATTESTER_KEY), 0);
        token.approve(address(vault), type(uint256).max);
    }

    function _deployTiers(address authority) private {
        address[] memory reporters = new address[](1);
        reporters[0] = address(this);
        oracle = PerformanceOracle(
            _proxy(
                address(new PerformanceOracle(validators, core, vault)),
                abi.encodeCall(oracle.initialize, (authority, reporters, 1, 6 hours))
            )
        );
        // Without grace a tier follows the facts as soon as anyone looks.
        tiers = TierEngine(
            _proxy(
                address(new TierEngine(members, kyc, validators, core, oracle)),
                abi.encodeCall(tiers.initialize, (authority, ITierEngine.Parameters(0, 0, 0, 0, 15_000, 12_500)))
            )
        );
    }

    function _proxy(address implementation, bytes memory call) private returns (address) {
        return address(new ERC1967Proxy(implementation, call));
    }

    /// @dev A wallet whose key is known, with an allowance for stake.
    function _wallet() internal returns (address wallet) {
        uint256 key = ++_lastKey;
        wallet = vm.addr(key);
        keyOf[wallet] = key;
        vm.prank(wallet);
        token.approve(address(core), type(uint256).max);
    }

    function _join(uint8 level, uint256 tokens) internal returns (address wallet) {
        wallet = _wallet();
        vm.prank(wallet);
        uint64 memberNo = members.register(bytes32(uint256(uint160(wallet))));
        _attest(memberNo, level, 300 days);
        if (tokens != 0) token.transfer(wallet, tokens);
    }

    function _attest(uint64 memberNo, uint8 level, uint256 validity) internal {
        IKycRegistry.KycAttestation memory a = IKycRegistry.KycAttestation(
            members.member(memberNo).memberId,
            members.ownerOf(memberNo),
            level,
            uint64(vm.getBlockTimestamp()),
            uint64(vm.getBlockTimestamp() + validity),
            keccak256("record"),
            kyc.nonces(memberNo)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ATTESTER_KEY, kyc.digest(a));
        kyc.attest(a, vm.addr(ATTESTER_KEY), abi.encodePacked(r, s, v));
    }

    /// @dev A validator of a new member with Institutional KYC and `self` of own stake.
    function _validator(uint256 self, uint16 commissionBps) internal returns (uint32 id) {
        address wallet = _join(3, self);
        uint64 memberNo = members.memberNoOf(wallet);
        uint256 key = keyOf[_wallet()];
        bytes memory consensusKey = abi.encodePacked(vm.addr(key));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, validators.possessionDigest(memberNo, keccak256(consensusKey)));
        vm.prank(wallet);
        id = validators.register(
            IValidatorRegistry.ValidatorParams(consensusKey, KeyType.Secp256k1, commissionBps, 2_000, 0, "Validator"),
            abi.encodePacked(r, s, v)
        );
        if (self == 0) return id;
        vm.prank(wallet);
        core.depositSelf(id, self);
        tiers.evaluate(memberNo);
    }

    function _ownerOf(uint32 validatorId) internal view returns (address) {
        return members.ownerOf(validators.memberNoOf(validatorId));
    }
}
