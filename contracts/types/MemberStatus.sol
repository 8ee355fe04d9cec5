// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Standing of a member (seed §2.1). `None` means that nobody holds the number.
enum MemberStatus {
    None,
    Pending,
    Active,
    Inactive,
    Suspended,
    Terminated,
    Blacklisted
}
