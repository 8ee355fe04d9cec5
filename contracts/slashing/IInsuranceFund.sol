// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The treasury's share of slashes, forfeited bonds and gifts; pays capped compensation for cases overturned.
/// @dev Amounts are base units. Whatever the contract holds belongs to it: slashes and bonds arrive by plain transfer,
/// and the case that sent them says so. Nothing else can leave than compensation.
interface IInsuranceFund {
    /// @param capBps Part of the fund that one case may take, basis points.
    /// @param maxPerCase Most that one case may take, base units.
    struct Caps {
        uint16 capBps;
        uint112 maxPerCase;
    }

    // -- Events --

    event InsuranceFunded(address indexed from, uint256 amount);

    /// @notice `paid` of the `asked` went `to` the member wronged by `caseId`.
    event CompensationPaid(uint256 indexed caseId, address indexed to, uint256 asked, uint256 paid);
    event CapsChanged(uint16 capBps, uint112 maxPerCase);

    // -- Errors --

    error InsuranceFund_ZeroAmount();
    error InsuranceFund_ZeroAddress();
    error InsuranceFund_CapTooHigh(uint16 capBps, uint16 highest);
    error InsuranceFund_AlreadyCompensated(uint256 caseId);

    /// @notice Adds tokens. Anyone.
    function fund(uint256 amount) external;

    /// @notice Pays up to `amount` for an overturned case, once. Only the slasher role.
    /// @dev Pays less, or nothing, rather than revert for want of money: an acquittal must not wait for a full fund.
    /// @return paid Base units sent, inside both caps.
    function compensate(address to, uint256 amount, uint256 caseId) external returns (uint256 paid);

    /// @notice Changes the caps. Only the parameter role; the part is at most 1,000 basis points, for ever.
    function setCaps(Caps calldata caps_) external;

    // -- Views --

    function caps() external view returns (Caps memory);

    /// @notice Base units in the fund.
    function balance() external view returns (uint256);

    /// @notice Most that one case would be paid now.
    function available() external view returns (uint256);

    function isCompensated(uint256 caseId) external view returns (bool);
}
