"""Webhooks leave through here. A lost message costs one tick: the next finds the row."""

from celery import shared_task

from streaming.services import webhooks

TICK_EXPIRES = 10


@shared_task(name="streaming.webhook_tasks.collect_news", expires=TICK_EXPIRES)
def collect_news() -> None:
    webhooks.collect()
    for delivery_id in webhooks.due_deliveries():
        deliver_message.apply_async((delivery_id,), expires=TICK_EXPIRES)


@shared_task(name="streaming.webhook_tasks.deliver_message", expires=TICK_EXPIRES)
def deliver_message(delivery_id: int) -> None:
    webhooks.deliver(delivery_id)


@shared_task(name="streaming.webhook_tasks.forget_messages")
def forget_messages() -> None:
    webhooks.forget_deliveries()
