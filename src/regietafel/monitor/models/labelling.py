"""What people said a message is about, the samples that shares rest on, and what a machine proposed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regietafel.monitor.models.messages import Message
from regietafel.monitor.models.monitors import Monitor
from regietafel.register.public import Organisation, User


class MainLabel(models.TextChoices):
    """The three goals of crisis communication that a message may touch."""

    INFORMATION = "I", _("informatiebehoefte")
    MEANING = "B", _("betekenisgeving")
    HARM = "S", _("schadebeperking")


class SubLabel(models.Model):
    """A finer label of one organisation, beside those that ship; the same code takes the place of one."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="sub_labels"
    )
    code = models.SlugField(_("Code"), max_length=40)
    main = models.CharField(_("Hoofdlabel"), max_length=1, choices=MainLabel.choices)
    name = models.CharField(_("Naam"), max_length=80)
    key = models.CharField(_("Toets"), max_length=1)
    explanation = models.CharField(_("Uitleg"), max_length=300)
    order = models.PositiveSmallIntegerField(_("Volgorde"), default=0)
    is_active = models.BooleanField(_("Actief"), default=True)

    class Meta:
        verbose_name = _("Sublabel")
        verbose_name_plural = _("Sublabels")
        ordering = ("order", "name")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "code"), name="monitor_sub_label_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class RandomSample(models.Model):
    """Messages of one period drawn by lot, to be labelled by hand so that shares may be shown."""

    monitor = models.ForeignKey(Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="samples")
    period_from = models.DateField(_("Periode vanaf"))
    period_until = models.DateField(_("Periode tot en met"))
    size = models.PositiveIntegerField(_("Omvang"))
    seed = models.BigIntegerField(_("Begingetal van de trekking"))
    drawn_at = models.DateTimeField(_("Getrokken"), auto_now_add=True)
    drawn_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("Getrokken door"), null=True, related_name="+"
    )
    messages = models.ManyToManyField(Message, verbose_name=_("Berichten"), related_name="samples")

    class Meta:
        verbose_name = _("Aselecte steekproef")
        verbose_name_plural = _("Aselecte steekproeven")
        ordering = ("-period_until", "-drawn_at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_until__gte=models.F("period_from")),
                name="monitor_sample_period_lasts",
            )
        ]

    def __str__(self) -> str:
        return f"steekproef van {self.size}"


class Labelling(models.Model):
    """What one colleague said of one message: main and sub-labels; nothing chosen means "none of these".

    Labels of a random sample never train the machine, and labels that train it never count for a share.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("om van te leren")
        SAMPLE = "steekproef", _("voor de steekproef")

    monitor = models.ForeignKey(Monitor, models.CASCADE, verbose_name=_("Monitor"), related_name="labellings")
    message = models.ForeignKey(Message, models.CASCADE, verbose_name=_("Bericht"), related_name="labellings")
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("Door"), related_name="+")
    kind = models.CharField(_("Soort"), max_length=10, choices=Kind.choices)
    codes = models.JSONField(_("Labels"), default=list, blank=True)
    is_skipped = models.BooleanField(_("Overgeslagen"), default=False)
    at = models.DateTimeField(_("Op"))

    class Meta:
        verbose_name = _("Label van een collega")
        verbose_name_plural = _("Labels van collega's")
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(
                fields=("monitor", "message", "by", "kind"), name="monitor_labelled_once_each"
            )
        ]
        indexes = [models.Index(fields=("monitor", "by", "at"), name="monitor_labelling_last")]

    def __str__(self) -> str:
        return ", ".join(self.codes)


class LabelModel(models.Model):
    """What the machine learned from the labels of one organisation; it holds no readable text."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("Organisatie"), related_name="label_models"
    )
    trained_at = models.DateTimeField(_("Geleerd op"))
    label_count = models.PositiveIntegerField(_("Aantal labels"))
    quality = models.JSONField(_("Kwaliteit"), default=dict)
    weights = models.BinaryField(_("Gewichten"))

    class Meta:
        verbose_name = _("Labelmodel")
        verbose_name_plural = _("Labelmodellen")
        ordering = ("-trained_at",)

    def __str__(self) -> str:
        return f"labelmodel van {self.trained_at:%d-%m-%Y}"


class LabelProposal(models.Model):
    """The chances that a model gave the labels of a message; never counted as the word of a person."""

    message = models.ForeignKey(
        Message, models.CASCADE, verbose_name=_("Bericht"), related_name="label_proposals"
    )
    model = models.ForeignKey(
        LabelModel, models.CASCADE, verbose_name=_("Labelmodel"), related_name="proposals"
    )
    chances = models.JSONField(_("Kansen"), default=dict)
    margin = models.FloatField(_("Twijfel"), default=0)

    class Meta:
        verbose_name = _("Labelvoorstel")
        verbose_name_plural = _("Labelvoorstellen")
        constraints = [
            models.UniqueConstraint(fields=("model", "message"), name="monitor_label_proposed_once")
        ]
        indexes = [models.Index(fields=("model", "margin"), name="monitor_proposal_margin")]

    def __str__(self) -> str:
        return f"voorstel {self.pk}"
