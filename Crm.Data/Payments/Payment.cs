using Crm.Data.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Payments;

/// <summary>What was paid with.</summary>
public enum PaymentMethod { Cash, Card, MobileMoney, BankTransfer, CashOnDelivery, Points, Imported }

/// <summary>Where a payment stands; unknown stays unknown until somebody asks the provider.</summary>
public enum PaymentStatus { Pending, Settled, Failed, Unknown, Refunded }

/// <summary>Money for an order; several may pay one order.</summary>
public sealed class Payment : Entity, IVersioned, ILive
{
    public required Guid OrderId { get; init; }
    public required PaymentMethod Method { get; init; }
    public PaymentStatus Status { get; private set; } = PaymentStatus.Pending;
    public required long AmountMinor { get; init; }
    public long RefundedMinor { get; private set; }

    /// <summary>Receipt or terminal number; with the method unique, so that a receipt pays once.</summary>
    public string? Reference { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? SettledAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Order, OrderId);

    public void Settle(DateTime now) => (Status, SettledAt) = (PaymentStatus.Settled, now);
    public void Fail() => Status = PaymentStatus.Failed;

    /// <summary>Gives money back; the status says so when all of it went.</summary>
    public void Refund(Money amount)
    {
        RefundedMinor = checked(RefundedMinor + amount.Minor);
        if (RefundedMinor == AmountMinor) Status = PaymentStatus.Refunded;
    }
}

sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.Ignore(p => p.Topic);
        payment.Property(p => p.Reference).HasMaxLength(100);
        payment.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
        payment.HasIndex(p => p.OrderId);
        payment.HasIndex(p => new { p.Method, p.Reference }).IsUnique().HasFilter("\"Reference\" IS NOT NULL");
        payment.ToTable(t => t.HasCheckConstraint("CK_Payments_Amount", "\"AmountMinor\" >= 0 AND \"RefundedMinor\" >= 0 AND \"RefundedMinor\" <= \"AmountMinor\""));
    }
}
