// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Voting units of stake: non-transferable, checkpointed by time, delegable.
/// @dev A member's units are the values of its positions at their last touch, and its own stake times the weight of its
/// tier. They count only while the member is in good standing with valid KYC; a jailed or barred validator's own stake
/// counts nothing. Unbonding tokens count nothing from the moment of the request. `sync` and `refresh` are open to all.
///
/// KYC ends by time, without a call: until somebody calls `refresh`, the units stay. Whoever wants them gone before a
/// vote has the governor's voting delay to do so. At the vote itself the weight is the snapshot's, whatever happened
/// since: weights that moved during a vote would count a delegate's ballot and its delegators' overrides against
/// different totals, and the quorum against a third.
///
/// ERC-5805 and ERC-6372 as OpenZeppelin's `VotesExtended` has them; there is no transfer and no allowance.
interface IStakeVotes {
    /// @param account Wallet that carries the units.
    /// @param delegated Sum of the positions' values at their last touch, base units.
    /// @param self Own stake at its last touch, before the weight.
    /// @param units Units counted for `account` now.
    struct Holding {
        address account;
        uint128 delegated;
        uint128 self;
        uint256 units;
    }

    // -- Events --

    /// @notice A position's counted value went from `from` to `to` by a `sync`, not by an act of its owner.
    event PositionSynced(uint256 indexed positionId, uint64 indexed memberNo, uint256 from, uint256 to);

    /// @notice `account` carries `to` units of the member instead of `from`.
    event UnitsCounted(uint64 indexed memberNo, address indexed account, uint256 from, uint256 to);

    /// @notice The member's units moved to the wallet that owns it now. A zero `to` means that they wait for `refresh`.
    event HolderChanged(uint64 indexed memberNo, address indexed from, address indexed to);

    /// @notice Stake of the membership that `account` owns counts nothing, or counts again.
    event ExclusionChanged(address indexed account, bool excluded);

    // -- Errors --

    error StakeVotes_OnlyCore(address caller);
    error StakeVotes_AlreadyConnected();
    error StakeVotes_NoSuchMember(uint64 memberNo);
    error StakeVotes_NoSuchPosition(uint256 positionId);

    // -- Hooks --

    /// @notice The position is worth `value` now. Only the staking core.
    function touchPosition(uint256 positionId, uint64 memberNo, uint256 value) external;

    /// @notice The member's validator has `self` of own stake now. Only the staking core.
    function touchSelf(uint64 memberNo, uint256 self) external;

    // -- Anyone --

    /// @notice Brings positions to their present value, for instance after a slash.
    function sync(uint256[] calldata positionIds) external;

    /// @notice Counts a member anew: standing, KYC, own stake, weight, jail, and the wallet after a change of keys.
    function refresh(uint64 memberNo) external;

    // -- Administration --

    /// @notice Takes the stake of a wallet's membership out of the count, a future one as well. For contracts that hold
    /// other people's stake: nobody's will stands behind their votes. Only the administrator.
    function setExcluded(address account, bool excluded) external;

    // -- Views --

    function holding(uint64 memberNo) external view returns (Holding memory);

    function isExcluded(address account) external view returns (bool);

    /// @notice Value of a position at its last touch.
    function positionUnits(uint256 positionId) external view returns (uint256);

    /// @notice Units that `account` carries, delegated away or not.
    function balanceOf(address account) external view returns (uint256);

    /// @notice Units of all members.
    function totalSupply() external view returns (uint256);

    function name() external view returns (string memory);

    function symbol() external view returns (string memory);

    function decimals() external view returns (uint8);
}
