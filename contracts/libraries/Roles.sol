// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Role numbers in the access manager; role 0 is the administrator, held by the timelock.
library Roles {
    /// @dev Replaces implementations; its grant carries a delay.
    uint64 internal constant UPGRADER = 1;
    /// @dev Signs KYC attestations.
    uint64 internal constant ATTESTER = 2;
    /// @dev Revokes attestations, sets member status.
    uint64 internal constant COMPLIANCE = 3;
    /// @dev Starts recoveries of lost memberships.
    uint64 internal constant RECOVERY = 4;
    /// @dev Credits epoch rewards.
    uint64 internal constant REPORTER = 5;
    /// @dev Jails and slashes; held by managers, never by a person.
    uint64 internal constant SLASHER = 6;
    /// @dev Mints inside the cap.
    uint64 internal constant MINTER = 7;
    /// @dev The KYC registry, which activates pending members.
    uint64 internal constant KYC_REGISTRY = 8;
    /// @dev Sets the standing of members and freezes them; held by the suspension manager, never by a person.
    uint64 internal constant STANDING = 9;
    /// @dev Decides appeals, ratifies slashes above the breaker, renews freezes. Never the proposer of what it decides.
    uint64 internal constant COUNCIL = 10;
    /// @dev Pauses within budgets, suspends for 24 hours.
    uint64 internal constant GUARDIAN = 11;
    /// @dev Changes parameters inside constants; its grant carries a delay.
    uint64 internal constant PARAM = 12;
    /// @dev Proposes slashes that no signature proves; deposits a bond.
    uint64 internal constant COMMITTEE = 13;
    /// @dev Allocates the liquid vault's tokens to listed validators, and brings them back.
    uint64 internal constant LIQUID_OPERATOR = 14;
    /// @dev Anchors roots of the audit trail; held by the service that seals it.
    uint64 internal constant ANCHOR = 15;
}
