// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Carries out what a member signed, at the cost of whoever sends it: a wallet without a coin of the chain can
/// become a member, delegate and leave.
/// @dev One typed message (EIP-712, domain `TBURN SponsoredCalls`, version 1) for each verb, so that a wallet shows what
/// is signed; there is no message for bytes of the sender's choice, and none that moves a membership, a payout address
/// or a role. Whoever sends it can neither change nor delay it past `deadline`, nor gain by it: payouts go where the
/// member registered them. Wallets that are contracts sign by ERC-1271. A call that fails spends no nonce.
interface ISponsoredCalls {
    /// @param nonce `nonces(owner)`.
    /// @param deadline Unix seconds, inclusive.
    struct Terms {
        address owner;
        uint256 nonce;
        uint48 deadline;
    }

    event CallSponsored(address indexed owner, address indexed sponsor, bytes4 selector, uint256 nonce);

    error SponsoredCalls_AlreadyConnected();
    error SponsoredCalls_BadSignature(address owner);
    error SponsoredCalls_Expired(uint48 deadline);

    /// @notice `MemberRegistry.register`. Signed: `Register(address owner,bytes32 salt,uint256 nonce,uint48 deadline)`.
    function register(Terms calldata terms, bytes32 salt, bytes calldata signature) external returns (uint64 memberNo);

    /// @notice `StakingCore.delegate`; the allowance may be brought before by the token's `permit`. Signed:
    /// `Delegate(address owner,uint32 validatorId,uint256 tokens,uint256 minShares,uint256 nonce,uint48 deadline)`.
    function delegate(
        Terms calldata terms,
        uint32 validatorId,
        uint256 tokens,
        uint256 minShares,
        bytes calldata signature
    ) external returns (uint256 positionId);

    /// @notice `StakingCore.undelegate`. Signed:
    /// `Undelegate(address owner,uint256 positionId,uint256 shares,uint256 minTokens,uint256 nonce,uint48 deadline)`.
    function undelegate(
        Terms calldata terms,
        uint256 positionId,
        uint256 shares,
        uint256 minTokens,
        bytes calldata signature
    ) external returns (uint256 requestId);

    /// @notice `StakingCore.redelegate`. Signed:
    /// `Redelegate(address owner,uint256 positionId,uint32 dst,uint256 minShares,uint256 nonce,uint48 deadline)`.
    function redelegate(
        Terms calldata terms,
        uint256 positionId,
        uint32 dst,
        uint256 minShares,
        bytes calldata signature
    ) external returns (uint256 newPositionId);
}
