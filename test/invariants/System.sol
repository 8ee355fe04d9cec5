// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {IKycRegistry} from "../../contracts/identity/IKycRegistry.sol";
import {KycRegistry} from "../../contracts/identity/KycRegistry.sol";
import {MemberRegistry} from "../../contracts/identity/MemberRegistry.sol";
import {KeyType} from "../../contracts/libraries/ConsensusKeys.sol";
import {Roles} from "../../contracts/libraries/Roles.sol";
import {ITBurnGovernor} from "../../contracts/governance/ITBurnGovernor.sol";
import {ProposalRules} from "../../contracts/governance/ProposalRules.sol";
import {StakeVotes} from "../../contracts/governance/StakeVotes.sol";
import {TBurnGovernor} from "../../contracts/governance/TBurnGovernor.sol";
import {LiquidStakingVault} from "../../contracts/liquid/LiquidStakingVault.sol";
import {PerformanceOracle} from "../../contracts/performance/PerformanceOracle.sol";
import {ProtocolPause} from "../../contracts/safety/ProtocolPause.sol";
import {IBondingGuard} from "../../contracts/slashing/IBondingGuard.sol";
import {IInsuranceFund} from "../../contracts/slashing/IInsuranceFund.sol";
import {ISlashingManager} from "../../contracts/slashing/ISlashingManager.sol";
import {InsuranceFund} from "../../contracts/slashing/InsuranceFund.sol";
import {SlashingLedger} from "../../contracts/slashing/SlashingLedger.sol";
import {SlashingManager} from "../../contracts/slashing/SlashingManager.sol";
import {SponsoredCalls} from "../../contracts/sponsoring/SponsoredCalls.sol";
import {IStakingCore} from "../../contracts/staking/IStakingCore.sol";
import {RewardVault} from "../../contracts/staking/RewardVault.sol";
import {StakingCore} from "../../contracts/staking/StakingCore.sol";
import {ISuspensionManager} from "../../contracts/suspensions/ISuspensionManager.sol";
import {SuspensionManager} from "../../contracts/suspensions/SuspensionManager.sol";
import {ITierEngine} from "../../contracts/tiers/ITierEngine.sol";
import {TierEngine} from "../../contracts/tiers/TierEngine.sol";
import {TBurnToken} from "../../contracts/token/TBurnToken.sol";
import {IValidatorRegistry} from "../../contracts/validators/IValidatorRegistry.sol";
import {ValidatorRegistry} from "../../contracts/validators/ValidatorRegistry.sol";
import {Vm} from "./Vm.sol";

/// @notice The whole system behind its proxies; the inheriting contract administers it until `_handOver`.
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
    uint256 internal constant TIMELOCK = 1 days;
    address internal constant COMPLIANCE = address(0xC0317);
    address internal constant COUNCIL = address(0xC0C11);
    address internal constant GUARDIAN = address(0x6A4D);
    address internal constant COMMITTEE = address(0xC0331);
    address internal constant OPERATOR = address(0x09E4A);
    address internal constant REHEARSAL = address(0x4E4EA);

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
    InsuranceFund public insurance;
    SlashingManager public slashing;
    SuspensionManager public suspensions;
    TimelockController public timelock;
    ProposalRules public rules;
    TBurnGovernor public governor;
    LiquidStakingVault public liquid;
    SponsoredCalls public sponsored;

    /// @dev Private keys of validators, which sign votes for blocks.
    mapping(uint32 validatorId => uint256) internal consensusKeyOf;
    /// @dev Private keys of wallets, so that they can sign permits.
    mapping(address wallet => uint256) internal keyOf;
    uint256 private _lastKey = 0xBEEF;

    function _deploy() internal {
        vm.warp(START);
        address self = address(this);
        manager = new AccessManager(self);
        token = new TBurnToken(address(manager), self, GENESIS, CAP);
        address authority = address(manager);
        sponsored = new SponsoredCalls(authority);
        members = MemberRegistry(
            _proxy(
                address(new MemberRegistry(address(sponsored))),
                abi.encodeCall(members.initialize, (authority, 3 days, 7 days))
            )
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
                address(new StakingCore(token, members, kyc, validators, address(sponsored))),
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
        _deploySlashing(authority);
        _deployGovernance(authority);
        _connect();

        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = MemberRegistry.activate.selector;
        manager.setTargetFunctionRole(address(members), selectors, Roles.KYC_REGISTRY);
        manager.grantRole(Roles.KYC_REGISTRY, address(kyc), 0);
        manager.grantRole(Roles.ATTESTER, vm.addr(ATTESTER_KEY), 0);
        token.approve(address(vault), type(uint256).max);
    }

    function _deployTiers(address authority) private {
        address[] memory reporters = new address[](3);
        for (uint256 i; i < reporters.length; ++i) reporters[i] = _reporter(i);
        oracle = PerformanceOracle(
            _proxy(
                address(new PerformanceOracle(validators, core, vault)),
                abi.encodeCall(oracle.initialize, (authority, reporters, 2, 1 hours))
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

    function _deploySlashing(address authority) private {
        insurance = InsuranceFund(
            _proxy(
                address(new InsuranceFund(token)),
                abi.encodeCall(insurance.initialize, (authority, IInsuranceFund.Caps(1_000, 10_000e18)))
            )
        );
        SlashingLedger.Peers memory peers = SlashingLedger.Peers(
            token,
            members,
            validators,
            core,
            pause,
            insurance,
            oracle
        );
        slashing = SlashingManager(
            _proxy(
                address(new SlashingManager(peers)),
                abi.encodeCall(
                    slashing.initialize,
                    (
                        authority,
                        ISlashingManager.Windows(2 days, 2 days, 1 days, 1 days),
                        ISlashingManager.Terms(500, 1_000, 2 days, 1 days, 1_000e18, 1_000e18, 1_000e18),
                        [uint64(0.05e18), 0.001e18, 0.02e18, 0.1e18, 0.3e18]
                    )
                )
            )
        );
        suspensions = SuspensionManager(
            _proxy(
                address(new SuspensionManager(members, kyc, validators, core)),
                abi.encodeCall(
                    suspensions.initialize,
                    (
                        authority,
                        ISuspensionManager.Windows(2 days, 1 days),
                        [uint40(4 days), 10 days, 20 days, 8 days, 6 days, 20 days]
                    )
                )
            )
        );
    }

    function _deployGovernance(address authority) private {
        address self = address(this);
        address[] memory nobody = new address[](0);
        timelock = new TimelockController(TIMELOCK, nobody, new address[](1), self);
        rules = ProposalRules(_proxy(address(new ProposalRules()), abi.encodeCall(rules.initialize, (authority))));
        ITBurnGovernor.Terms memory terms = ITBurnGovernor.Terms(1 days, 2 days, 1 days, 1_000e18, 10);
        governor = TBurnGovernor(
            payable(
                _proxy(
                    address(new TBurnGovernor(core, rules)),
                    abi.encodeCall(
                        governor.initialize,
                        (authority, votes, TimelockControllerUpgradeable(payable(timelock)), terms, GUARDIAN)
                    )
                )
            )
        );
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(governor));
        timelock.grantRole(timelock.CANCELLER_ROLE(), address(governor));
        liquid = LiquidStakingVault(
            _proxy(
                address(new LiquidStakingVault(members, kyc, validators, core, vault)),
                abi.encodeCall(liquid.initialize, (authority, token, 5_000))
            )
        );
        votes.setExcluded(address(liquid), true);
    }

    function _connect() private {
        IBondingGuard[] memory guards = new IBondingGuard[](2);
        (guards[0], guards[1]) = (slashing, governor);
        validators.connect(core, tiers);
        tiers.connect(votes);
        suspensions.connect(votes);
        core.connect(address(vault), votes, pause, guards);
        sponsored.connect(members, core);
        votes.connect(tiers);
    }

    /* ROLES */

    /// @dev Roles as a deployment gives them, and the timelock as the only administrator.
    function _handOver() internal {
        _allow();
        manager.grantRole(Roles.UPGRADER, address(timelock), 0);
        manager.grantRole(Roles.PARAM, address(timelock), 0);
        manager.grantRole(Roles.COMPLIANCE, COMPLIANCE, 0);
        manager.grantRole(Roles.COUNCIL, COUNCIL, 0);
        manager.grantRole(Roles.GUARDIAN, GUARDIAN, 0);
        manager.grantRole(Roles.COMMITTEE, COMMITTEE, 0);
        manager.grantRole(Roles.LIQUID_OPERATOR, OPERATOR, 0);
        manager.grantRole(Roles.SLASHER, address(slashing), 0);
        manager.grantRole(Roles.REPORTER, address(oracle), 0);
        manager.grantRole(Roles.STANDING, address(suspensions), 0);
        // Rehearsal roles: a source of tokens, and slashes of any size, which no case could reach.
        manager.grantRole(Roles.MINTER, address(this), 0);
        manager.grantRole(Roles.SLASHER, REHEARSAL, 0);
        address[8] memory targets = [
            address(core),
            address(slashing),
            address(governor),
            address(timelock),
            address(tiers),
            address(manager),
            address(token),
            address(oracle)
        ];
        for (uint256 i; i < targets.length; ++i) rules.allowTarget(targets[i], true);
        manager.grantRole(0, address(timelock), 0);
        timelock.renounceRole(0, address(this));
        manager.renounceRole(0, address(this));
    }

    /// @dev Who may call what, as in scripts/deploy/roles.ts.
    function _allow() private {
        _permit2(address(members), members.setStatus.selector, members.freeze.selector, Roles.STANDING);
        _permit1(address(kyc), kyc.revoke.selector, Roles.COMPLIANCE);
        _permit2(address(validators), validators.jail.selector, validators.release.selector, Roles.SLASHER);
        _permit1(address(validators), validators.tombstone.selector, Roles.SLASHER);
        _permit2(address(core), core.openCase.selector, core.closeCase.selector, Roles.SLASHER);
        _permit1(address(core), core.slash.selector, Roles.SLASHER);
        _permit1(address(core), core.setUnbonding.selector, Roles.PARAM);
        _permit1(address(vault), vault.creditEpoch.selector, Roles.REPORTER);
        _permit2(address(pause), pause.pause.selector, pause.resume.selector, Roles.GUARDIAN);
        _permit1(address(token), token.mint.selector, Roles.MINTER);
        _permit2(address(oracle), oracle.addMember.selector, oracle.removeMember.selector, Roles.PARAM);
        _permit2(address(oracle), oracle.setQuorum.selector, oracle.setConfirmDelay.selector, Roles.PARAM);
        _permit1(address(tiers), tiers.setParameters.selector, Roles.PARAM);
        _permit2(
            address(suspensions),
            suspensions.suspend.selector,
            ISuspensionManager.freeze.selector,
            Roles.COMPLIANCE
        );
        _permit1(address(suspensions), suspensions.emergencySuspend.selector, Roles.GUARDIAN);
        _permit2(address(suspensions), suspensions.decide.selector, suspensions.terminate.selector, Roles.COUNCIL);
        _permit2(address(suspensions), suspensions.blacklist.selector, suspensions.reinstate.selector, Roles.COUNCIL);
        _permit1(address(suspensions), suspensions.renewFreeze.selector, Roles.COUNCIL);
        _permit2(address(suspensions), suspensions.setCap.selector, suspensions.setWindows.selector, Roles.PARAM);
        _permit2(address(liquid), liquid.join.selector, liquid.allocate.selector, Roles.LIQUID_OPERATOR);
        _permit1(address(liquid), liquid.deallocate.selector, Roles.LIQUID_OPERATOR);
        _permit2(address(liquid), liquid.setValidator.selector, liquid.setCap.selector, Roles.PARAM);
        _permit1(address(slashing), slashing.proposeSlash.selector, Roles.COMMITTEE);
        _permit2(address(slashing), slashing.decide.selector, slashing.ratify.selector, Roles.COUNCIL);
        _permit2(address(slashing), slashing.setWindows.selector, slashing.setTerms.selector, Roles.PARAM);
        _permit1(address(slashing), slashing.setFraction.selector, Roles.PARAM);
        _permit1(address(insurance), insurance.compensate.selector, Roles.SLASHER);
        _permit1(address(insurance), insurance.setCaps.selector, Roles.PARAM);
    }

    function _permit1(address target, bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        manager.setTargetFunctionRole(target, selectors, role);
    }

    function _permit2(address target, bytes4 one, bytes4 two, uint64 role) private {
        _permit1(target, one, role);
        _permit1(target, two, role);
    }

    function _reporter(uint256 index) internal pure returns (address) {
        return address(uint160(0x5E9000 + index));
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
        consensusKeyOf[id] = key;
        if (self == 0) return id;
        vm.prank(wallet);
        core.depositSelf(id, self);
        tiers.evaluate(memberNo);
    }

    function _ownerOf(uint32 validatorId) internal view returns (address) {
        return members.ownerOf(validators.memberNoOf(validatorId));
    }
}
