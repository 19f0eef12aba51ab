namespace Secrets;

/// <summary>A pending or previous version becomes the current one, under its own number.</summary>
internal sealed class PromoteMutation(SecretPromotion promotion) : Mutation
{
    internal override SecretAddress? Address => promotion.Address;

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        SecretEntry? entry = state.Index.Live(promotion.Address);
        Conditions.Check(promotion.Address, entry, promotion.Condition.IfVersion, state.StoreName);
        if (entry is null)
            throw StoreErrors.NotFound(promotion.Address, "promote", state.StoreName);
        if (entry.Find(VersionNumber.Parse(promotion.Version)) is not { IsDestroyed: false } version)
            throw StoreErrors.NoSuchVersion(promotion.Address, promotion.Version, state.StoreName);
        if (version.Version != entry.CurrentVersion)
            frame.Directory.Begin(OperationCode.Promote).Add(promotion.Address).Add(version.Version).End();
    }

    internal override SecretProperties? Result(LogState state) =>
        state.Index.Live(promotion.Address) is { } entry && entry.Current is { } current ? entry.PropertiesOf(current) : null;
}
